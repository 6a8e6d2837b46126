/**
 * Runs first in every realm, inside the sandbox: keeps what it needs of the language, then freezes everything that a script can reach,
 * so that no call sees what another left behind. Its value is `{run, describe}`.
 *
 * Properties of prototypes that scripts commonly give to their own objects become accessors: a frozen one could not be given at all.
 */
export const realmSource = `(function () {
  'use strict';
  const maxLogLines = 1000;
  const maxLogText = 65536;
  const parse = JSON.parse;
  const stringify = JSON.stringify;
  const text = String;
  const PromiseOf = Promise;
  const { freeze, preventExtensions, getPrototypeOf, defineProperty } = Object;
  const { ownKeys, getOwnPropertyDescriptor, apply } = Reflect;

  let lines = [];
  let textLength = 0;
  const show = (part) => {
    if (typeof part === 'string') return part;
    try {
      const json = stringify(part);
      return json === undefined ? text(part) : json;
    } catch {
      return '[value that cannot be shown]';
    }
  };
  const write = (level) => (...parts) => {
    let line = '';
    for (let index = 0; index < parts.length; index += 1) line += (index === 0 ? '' : ' ') + show(parts[index]);
    if (lines.length >= maxLogLines || textLength >= maxLogText) return;
    const left = maxLogText - textLength;
    textLength += line.length;
    lines[lines.length] = { level, text: line.length > left ? line.slice(0, left) : line };
  };
  const console = { debug: write('debug'), log: write('info'), info: write('info'), warn: write('warn'), error: write('error') };

  const refuse = (key, value) => {
    if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
      throw new TypeError('a ' + typeof value + ' is no JSON' + (key === '' ? '' : ' (key "' + key + '")'));
    }
    return value;
  };
  const run = (start, json) => {
    lines = [];
    textLength = 0;
    const value = start(parse(json), console)();
    if (value instanceof PromiseOf) return '!a promise; scripts cannot wait, return the value itself';
    let result = '';
    if (value !== undefined) {
      try {
        result = stringify(value, refuse);
      } catch (error) {
        return '!' + describe(error);
      }
    }
    return (lines.length === 0 ? '' : stringify(lines)) + '\\n' + (result === undefined ? '' : result);
  };
  const describe = (thrown) => {
    try {
      if (thrown !== null && typeof thrown === 'object') {
        return stringify({ name: text(thrown.name), message: text(thrown.message), stack: text(thrown.stack) });
      }
      return stringify({ name: '', message: show(thrown), stack: '' });
    } catch {
      return '{"name":"","message":"a value that cannot be shown","stack":""}';
    }
  };

  const refused = () => {
    throw new TypeError('scripts cannot make code from text');
  };
  const makers = [
    Function.prototype,
    getPrototypeOf(function* () {}),
    getPrototypeOf(async function () {}),
    getPrototypeOf(async function* () {}),
  ];
  for (const maker of makers) defineProperty(maker, 'constructor', { value: refused, writable: true, configurable: true });
  defineProperty(refused, 'prototype', { value: Function.prototype });
  globalThis.Function = refused;
  delete globalThis.eval;

  const givable = [
    Object.prototype, Function.prototype, Error.prototype, EvalError.prototype, RangeError.prototype, ReferenceError.prototype,
    SyntaxError.prototype, TypeError.prototype, URIError.prototype, AggregateError.prototype, Date.prototype, Promise.prototype,
  ];
  const makeGivable = (owner, key) => {
    const given = getOwnPropertyDescriptor(owner, key);
    if (given === undefined || !('value' in given) || !given.configurable) return;
    const { value } = given;
    const set = function (next) {
      if (this === owner) throw new TypeError('built-in objects cannot be changed');
      defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true });
    };
    defineProperty(owner, key, { get: () => value, set, enumerable: given.enumerable, configurable: false });
  };
  for (const owner of givable) for (const key of ownKeys(owner)) makeGivable(owner, key);
  for (const key of ['toString', 'toLocaleString', 'length', 'concat', 'join']) makeGivable(Array.prototype, key);

  const seen = new Set();
  const pending = [
    globalThis, console, run, describe,
    function* () {}, async function () {}, async function* () {}, (function* () {})(), (async function* () {})(),
    [][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), ''[Symbol.iterator](), 'a'.matchAll(/a/g),
    [].values().map((value) => value), Iterator.from({ next() {} }), new Proxy({}, {}), /a/, new Error(''), (function () { return arguments; })(),
    getOwnPropertyDescriptor((function () { return arguments; })(), 'callee'),
  ];
  while (pending.length > 0) {
    const current = pending.pop();
    if (current === null || (typeof current !== 'object' && typeof current !== 'function') || seen.has(current)) continue;
    seen.add(current);
    pending.push(getPrototypeOf(current));
    for (const key of ownKeys(current)) {
      const property = getOwnPropertyDescriptor(current, key);
      if ('value' in property) pending.push(property.value);
      else pending.push(property.get, property.set);
    }
    if (current === globalThis) preventExtensions(current);
    else freeze(current);
  }
  for (const key of ownKeys(globalThis)) {
    const property = getOwnPropertyDescriptor(globalThis, key);
    if (property.configurable) {
      defineProperty(globalThis, key, 'value' in property ? { writable: false, configurable: false } : { configurable: false });
    }
  }
  return { run, describe };
})()`;
