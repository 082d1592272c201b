// References as CSL-JSON, made by Citation.js from BibTeX, are imported as what they are.
//
//     node check_csl.mjs ANNALS

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import assert from 'node:assert/strict'

import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'

const annals = process.argv[2]
const folder = mkdtempSync(join(tmpdir(), 'csl-'))
const authors = ['Lind, Ada', 'Müller, Žofie', '李, 小龙', "O'Neil, Ann and Berg, Jon"]
const entries = authors.map((author, nth) =>
  `@article{key${nth}, author = {${author}}, title = {Paper ${nth} of NATO}, journal = {Journal of Mud},
    year = {${1990 + nth}}, month = ${['jan', 'apr', 'sep', 'dec'][nth]}, doi = {10.1000/${nth}}}`)
const source = join(folder, 'written.json')
writeFileSync(source, new Cite(entries.join('\n')).format('data'))

const facts = join(folder, 'facts.jsonl')
execFileSync(annals, ['import', 'bibliography', source, '-o', facts, '-q'])
execFileSync(annals, ['check', facts, '-q'])
const documents = readFileSync(facts, 'utf8').trim().split('\n').map((line) => JSON.parse(line))
assert.deepEqual(documents.map((one) => one.author),
  [['Ada Lind'], ['Žofie Müller'], ['小龙 李'], ["Ann O'Neil", 'Jon Berg']])
assert.deepEqual(documents.map((one) => one.published), ['1990-01', '1991-04', '1992-09', '1993-12'])
assert.deepEqual(documents.map((one) => one.title), entries.map((_, nth) => `Paper ${nth} of NATO`))
console.log(`bibliography: ${documents.length} references of Citation.js`)
