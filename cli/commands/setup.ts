import { setup } from '../../setup/setup.mjs';

export interface SetupOptions {
  readonly gpu?: boolean;
  readonly cpu?: boolean;
  readonly quiet?: boolean;
}

/** `apprentice setup` */
export async function runSetup({ gpu, cpu, quiet = false }: SetupOptions): Promise<void> {
  const engine = gpu ? 'gpu' : cpu ? 'cpu' : undefined;
  await setup({ quiet, ...(engine && { engine }) });
}
