/**
 * `node test/long/mutation-command.ts [FILE ...]`: Stryker on `shared/domain`, or on some of its files (`clocks` or `clocks.ts`). Prints the
 * score of each file and what survived, and keeps the figures for `npm run bench`. Fails below the score of the design.
 */
// @ts-nocheck

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type MutantResult, Stryker } from '@stryker-mutator/core';
