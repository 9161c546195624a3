import { busContract } from './contract.ts';
import { createLocalBus } from './local.ts';

busContract('the bus of one process', async () => {
  const errors: unknown[] = [];
  const bus = createLocalBus((error) => errors.push(error));
  return { one: bus, two: bus, errors, close: () => bus.close() };
});
