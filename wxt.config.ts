import { defineConfig } from 'wxt';

/** Fixed, so that the extension's id is the same in every build and the companion's record of its origin holds. */
const KEY = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvPGLQfJtFQXF7zuYNrs7CQcuiQtuRUYxTcE2Fli+AxXTbYmkuXqytAH+AzEVP3TBKQi7VpAfwvlHX0adtF2c38LRzWnwZLdvqpPPJNOs/wAuOwZFlpXLrPpt8VoyrQYjNQju+EUXxUmSxvYffSIyhQBnnrrpxRDibllVWqMbB6GzqYJDU7KFb3MRHfk3MFDOLNdnhFP0LsEuzCjSegf0+rDNhMMwg96fYFtag9udHj9FCf9ddZ7F/f6J5xAAXT8ymwsYQXkmYtmYOEvUCd3O4qJL4S4ompKRbmQVQpQn3a5KYjnR1vqPQyQT9Mh2jLuaWF2WZPQDcPJyTZO1IaTilQIDAQAB';

export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  imports: false,
  outDir: '.output',
  manifest: {
    name: 'Baton', description: "Hand a chat from the bot to a person: your team's conversations in the side panel.",
    key: KEY, minimum_chrome_version: '138',
    permissions: ['storage', 'alarms', 'notifications', 'unlimitedStorage', 'sidePanel'],
    action: { default_title: 'Baton' },
    // The companion's address is typed in by its owner, so connect-src names schemes; plain http and ws only for loopback.
    content_security_policy: {
      extension_pages: "default-src 'none'; script-src 'self'; object-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self' https: wss: http://127.0.0.1:* ws://127.0.0.1:* http://localhost:* ws://localhost:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; frame-src 'self'",
    },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+H' } },
      'open-inbox': { suggested_key: { default: 'Alt+Shift+I' }, description: 'Open the inbox in the side panel' },
    },
  },
});
