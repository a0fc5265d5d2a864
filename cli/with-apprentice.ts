import { Apprentice } from '../client/apprentice.js';

/** Connects to the server that the environment configures, runs the work, and closes the connection. */
export async function withApprentice<T>(work: (apprentice: Apprentice) => Promise<T>): Promise<T> {
  const apprentice = await Apprentice.connect();
  try {
    return await work(apprentice);
  } finally {
    await apprentice.close();
  }
}
