/** The messages of `sde lsp` beyond the protocol. `test/protocol.json` states them; tests of both sides read that file. */

export const RUN = 'sde.run';
export const DERIVE = 'sde.derive';
export const DERIVATION = 'sde/derivation';

/** The parameters of the request for a derivation. */
export interface DerivationQuery {
  /** the open script */
  uri: string;
  /** the name of one `sde` that the script declares */
  name: string;
}

/** The answer to the request for a derivation. */
export interface DerivationAnswer {
  name: string;
  text: string;
  /** a document for pdflatex */
  latex: string;
  json: string;
  /** elements of HTML, with formulas as MathML */
  mathml: string;
}
