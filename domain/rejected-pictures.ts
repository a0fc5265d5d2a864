import { z } from 'zod';

/** The pictures of a run that could not be used: the format of their list in the store. */
export const rejectedPictures = z.array(z.object({ path: z.string(), reason: z.string() }));

/** A picture that could not be used, and why. */
export type RejectedPicture = z.output<typeof rejectedPictures>[number];
