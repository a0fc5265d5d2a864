import { ConfigurationError } from '../../domain/errors.js';

/** Parses a list of GPUs, by CUDA number or UUID. Each runs one activity at a time. */
export function parseDevices(text: string): readonly string[] {
  const devices = text.split(',').map((device) => device.trim());
  const isKnown = devices.every((device) => /^(\d+|GPU-[0-9a-f-]+|MIG-[0-9a-f-]+)$/i.test(device));
  if (isKnown && new Set(devices).size === devices.length) return devices;
  throw new ConfigurationError(
    `gpus: received "${text}", expected distinct GPU numbers or UUIDs, as nvidia-smi lists them, for example 0,1`,
  );
}

/** Assigns a GPU to each activity, which sees no other. Without a list of GPUs, activities see all of the machine's. */
export class Devices {
  private readonly free: string[];

  constructor(devices: readonly string[]) {
    this.free = [...devices];
  }

  /** Calls `use` with the environment variables of a free GPU, and frees the GPU afterwards. */
  async with<T>(use: (environment: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
    const device = this.free.shift();
    try {
      return await use(device === undefined ? {} : { CUDA_VISIBLE_DEVICES: device });
    } finally {
      if (device !== undefined) this.free.unshift(device);
    }
  }
}
