import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** Does work within Apollo Server, to which a refusal is a failure of ours unless it says its status. */
export function refusing<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const http = { status: 400, headers: new HeaderMap() };
    throw new GraphQLError(error.message, { extensions: { ...error.extensions, http }, originalError: error });
  }
}
