const NOT_FOUND = 5;

interface Connection {
  readonly workflowService: {
    describeNamespace(request: { readonly namespace: string }): Promise<unknown>;
  };
}

/**
 * Whether a server has a namespace. That of a home has a random name, so that only the home's own server has it: this
 * proves who answers.
 */
export async function hasNamespace({ workflowService }: Connection, namespace: string): Promise<boolean> {
  try {
    await workflowService.describeNamespace({ namespace });
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === NOT_FOUND) return false;
    throw error;
  }
}
