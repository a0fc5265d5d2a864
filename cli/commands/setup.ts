import { setup } from '../../setup/setup.mjs';

export interface SetupOptions {
  readonly gpu?: boolean;
  readonly cpu?: boolean;
  readonly backbones?: boolean;
  readonly quiet?: boolean;
}

/** `apprentice setup` */
export async function runSetup({ gpu, cpu, backbones = false, quiet = false }: SetupOptions): Promise<void> {
  const engine = gpu ? 'gpu' : cpu ? 'cpu' : undefined;
  await setup({ quiet, backbones, ...(engine && { engine }) });
}
