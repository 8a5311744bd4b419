export { base64Of, concat, fromBase64, fromHex, hexOf, sameBytes, textOf, utf8, type Bytes } from "./bytes.ts";
export { TlogError, type TlogProblem } from "./error.ts";
export { newSeed, privateKey, verifyEd25519, type PrivateKey } from "./hash/ed25519.ts";
export { hmacSha256, sha256 } from "./hash/sha256.ts";
export { emptyRoot, leafHash, nodeHash, type Hash } from "./tree/hashes.ts";
export { append, emptyFrontier, rootOfFrontier, type Frontier } from "./tree/frontier.ts";
export { rangeRoot, type Subtrees } from "./tree/subtrees.ts";
export { isIncluded, proveInclusion, rootFromInclusion } from "./tree/inclusion.ts";
export { isConsistent, proveConsistency } from "./tree/consistency.ts";
export { parseTilePath, tilePath, tileWidth, widthIn, type TileName } from "./tiles/path.ts";
export { hashesIn, subtreesInTiles, type ReadTile } from "./tiles/read.ts";
export { emptyEdge, growTree, readEdge, rootOfEdge, type Edge, type Tile } from "./tiles/grow.ts";
export { bundleOf, entriesIn } from "./tiles/entries.ts";
export { cosignatureType, namedKey, noteType, readVerifierKey, verifierKey, type NamedKey } from "./note/key.ts";
export {
  checkNote,
  formatNote,
  parseNote,
  parseSignature,
  signatureLine,
  signNote,
  type Checked,
  type Note,
  type NoteSignature,
} from "./note/note.ts";
export { cosign, cosignedMessage } from "./note/cosignature.ts";
export {
  checkpointText,
  openCheckpoint,
  parseCheckpoint,
  type Checkpoint,
  type OpenedCheckpoint,
} from "./note/checkpoint.ts";
export { checkProof, formatProof, parseProof, type ProofFile } from "./note/proofFile.ts";
export {
  formatAddCheckpoint,
  judge,
  parseAddCheckpoint,
  type AddCheckpoint,
  type Seen,
  type Verdict,
} from "./note/witness.ts";
export { canonical } from "./ledger/canonical.ts";
export { commitmentTo, opens, sealWords, type Fact, type Words } from "./ledger/commitment.ts";
export {
  checkReceipt,
  entryOf,
  parseReceipt,
  proofFileOf,
  proofLines,
  type CheckedReceipt,
  type Receipt,
  type ReceiptFact,
  type ReceiptFault,
} from "./ledger/receipt.ts";
export { compareCase, type Difference, type LoggedFact, type ToldCase, type ToldEvent } from "./ledger/compare.ts";
export { compareDocument, nounOf } from "./ledger/compareDocument.ts";
export {
  ledgerAudit,
  openingFaults,
  type GivenCheckpoint,
  type LedgerFault,
  type LedgerRow,
  type Opened,
} from "./ledger/audit.ts";
