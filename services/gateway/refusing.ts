import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** Does work within Apollo Server, to which a refusal is a failure of ours unless it says its status. */
export function refusing<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const http = { status: 400, headers: new HeaderMap() };
    const { message, extensions, nodes = null } = error;
    throw new GraphQLError(message, { nodes, extensions: { ...extensions, http }, originalError: error });
  }
}
