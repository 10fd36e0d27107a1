import type { MigrationClass } from '../kit/database.js';
import { RegistryEdition1764000000011 } from './migrations/0001-edition.js';

/** The registry's part of a database: for now the edition log. */
export const REGISTRY_MIGRATIONS: readonly MigrationClass[] = [RegistryEdition1764000000011];
