import { ConfigurationError } from '../../domain/errors.js';

/** GPUs of this machine, as CUDA numbers them (or their UUIDs); one step each. */
export function parseDevices(text: string): readonly string[] {
  const devices = text.split(',').map((device) => device.trim());
  const isKnown = devices.every((device) => /^(\d+|GPU-[0-9a-f-]+|MIG-[0-9a-f-]+)$/i.test(device));
  if (isKnown && new Set(devices).size === devices.length) return devices;
  throw new ConfigurationError(
    `gpus: received "${text}", expected different numbers or UUIDs of GPUs, as nvidia-smi lists them, for example 0,1`,
  );
}

/** Who uses which GPU: a step sees its own alone. Without GPUs to share out, steps see what the machine has. */
export class Devices {
  private readonly free: string[];

  constructor(devices: readonly string[]) {
    this.free = [...devices];
  }

  /** Runs with the environment of a free GPU, which is given back at the end. */
  async with<T>(use: (environment: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
    const device = this.free.shift();
    try {
      return await use(device === undefined ? {} : { CUDA_VISIBLE_DEVICES: device });
    } finally {
      if (device !== undefined) this.free.unshift(device);
    }
  }
}
