import { expect, test } from 'vitest';
import { BadFlag, parseFlags } from './flags.ts';

test('without flags: the default port, the data folder beside the project, browser and demo', () => {
  expect(parseFlags([], '/p')).toEqual({ port: null, data: '/p/.data', browser: true, headless: false, demo: true, json: false, watch: false });
});

test('each flag is read', () => {
  expect(parseFlags(['--port', '0', '--data=x', '--no-browser', '--headless', '--no-demo', '--json'], '/p'))
    .toEqual({ port: 0, data: '/p/x', browser: false, headless: true, demo: false, json: true, watch: false });
});

test.each([
  [['--colour'], '--colour'], [['extra'], 'extra'], [['--port'], '--port'], [['--port', 'many'], 'not "many"'], [['--port', '70000'], '--port'],
  [['--port', '80.5'], '--port'], [['--data', ' '], '--data'], [['--headless=no'], '--headless'],
])('%j is refused, and named', (args, named) => {
  expect(() => parseFlags(args, '/p')).toThrow(BadFlag);
  expect(() => parseFlags(args, '/p')).toThrow(named);
});
