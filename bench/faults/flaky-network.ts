import { connect, createServer, type Server, type Socket } from 'node:net';

/** The network between a server and its clients, which can fail: a TCP proxy. */
export class FlakyNetwork {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private state: 'open' | 'stalled' | 'refusing' = 'open';

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async before(target: number): Promise<FlakyNetwork> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('expected a TCP port');
    const network = new FlakyNetwork(server, address.port);
    server.on('connection', (near) => network.join(near, connect(target, '127.0.0.1')));
    return network;
  }

  /** Cuts all connections. */
  reset(): void {
    for (const [near, far] of this.pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** Lets nothing through, with connections open, until `open`. */
  stall(): void {
    this.state = 'stalled';
    for (const pair of this.pairs) for (const socket of pair) socket.pause();
  }

  /** Refuses connections, and cuts those that are open, until `open`. */
  refuse(): void {
    this.state = 'refusing';
    this.reset();
  }

  open(): void {
    this.state = 'open';
    for (const pair of this.pairs) for (const socket of pair) socket.resume();
  }

  close(): Promise<void> {
    this.reset();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private join(near: Socket, far: Socket): void {
    const pair = [near, far] as const;
    this.pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        this.pairs.delete(pair);
      });
      from.pipe(to);
    }
    if (this.state === 'refusing') near.resetAndDestroy();
    if (this.state === 'stalled') for (const socket of pair) socket.pause();
  }
}
