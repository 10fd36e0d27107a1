import type { MigrationClass } from '../kit/database.js';
import { RegistryEdition1764000000011 } from './migrations/0001-edition.js';
import { RegistryTie1764000000012 } from './migrations/0002-tie.js';

/** The registry's part of a database: for now the edition log, with the ties that wait for their seals. */
export const REGISTRY_MIGRATIONS: readonly MigrationClass[] = [RegistryEdition1764000000011, RegistryTie1764000000012];
