import { Lexer, Source, TokenKind } from 'graphql';
import type { Limits, Measured } from '../limits.js';

const OPENING: readonly string[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly string[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/**
 * Measures a text without parsing it, and no further than to the first limit it exceeds. The parser calls itself for
 * each bracket, and each error that is told searches the text for its line. What is no GraphQL is left to the parser.
 */
export function measureText(text: string, limits: Limits): Measured {
  if (text.length > limits.characters) return { characters: text.length };
  const lexer = new Lexer(new Source(text));
  let [tokens, open, nesting] = [0, 0, 0];
  try {
    while (lexer.advance().kind !== TokenKind.EOF) {
      const { kind } = lexer.token;
      tokens += 1;
      if (OPENING.includes(kind)) open += 1;
      else if (CLOSING.includes(kind)) open -= 1;
      nesting = Math.max(nesting, open);
      if (tokens > limits.tokens || nesting > limits.nesting || lexer.line > limits.lines) break;
    }
  } catch {
    // the parser tells what is wrong, and where
  }
  return { lines: lexer.line, tokens, nesting };
}
