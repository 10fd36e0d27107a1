import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.js';
import { ConfigError } from './kit/env.js';

const IDENTITY = {
  JWKS_URL: 'https://id.example.org/keys',
  JWT_ISSUER: 'https://id.example.org',
  JWT_AUDIENCE: 'cakupan',
};

describe('the settings of an identity provider', () => {
  test('are given together, or there is none', () => {
    expect([readConfig(IDENTITY).identity, readConfig({}).identity, readConfig({ JWKS_URL: ' ' }).identity]).toEqual([
      { jwksUrl: 'https://id.example.org/keys', issuer: 'https://id.example.org', audience: 'cakupan' },
      null,
      null,
    ]);
  });

  test.each(Object.keys(IDENTITY))('are refused without %s', (name) => {
    expect(() => readConfig({ ...IDENTITY, [name]: '' })).toThrow(
      new ConfigError('JWKS_URL, JWT_ISSUER and JWT_AUDIENCE must be set together, or none of them'),
    );
  });

  test('are refused where the keys have no address', () => {
    expect(() => readConfig({ ...IDENTITY, JWKS_URL: 'id.example.org' })).toThrow(
      new ConfigError('JWKS_URL must be an http or https address; it is "id.example.org"'),
    );
  });
});

describe('the proxies that are believed', () => {
  test('are those of this machine and of private networks, as given, or nobody', () => {
    const read = (TRUSTED_PROXIES: string) => readConfig({ TRUSTED_PROXIES }).trustedProxies;
    expect([readConfig({}).trustedProxies, read('10.0.0.0/8, ::1,loopback'), read('none')]).toEqual([
      ['loopback', 'uniquelocal'],
      ['10.0.0.0/8', '::1', 'loopback'],
      [],
    ]);
  });

  test.each(['everybody', '10.0.0.0/33', '10.0.0.0/x', '10.0.0', 'none,loopback'])('are not %j', (list) => {
    expect(() => readConfig({ TRUSTED_PROXIES: list })).toThrow(/TRUSTED_PROXIES must be addresses, ranges/);
  });
});
