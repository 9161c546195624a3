import * as z from 'zod';

// No `new Function`: the extension's policy forbids it. Imported before any schema is made, which is when zod reads it.
z.config({ jitless: true });
