import { Apprentice } from '../client/apprentice.js';

/** Does something with the server that the environment names, and closes the connection whatever comes of it. */
export async function withApprentice<T>(work: (apprentice: Apprentice) => Promise<T>): Promise<T> {
  const apprentice = await Apprentice.connect();
  try {
    return await work(apprentice);
  } finally {
    await apprentice.close();
  }
}
