import { spawn } from 'node:child_process';
import { Agent, type ClientRequestArgs } from 'node:http';
import { Duplex } from 'node:stream';

/** HTTP over `ssh … docker system dial-stdio`, as the docker command line does it: the person's ssh configuration, agent and jump hosts all count. */
export class SshAgent extends Agent {
  readonly #args: readonly string[];

  constructor(host: string) {
    super({ keepAlive: true, maxSockets: 8 });
    this.#args = sshArgs(host);
  }

  override createConnection(_options: ClientRequestArgs): Duplex {
    const child = spawn('ssh', this.#args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
    const duplex = Duplex.from({ readable: child.stdout, writable: child.stdin });
    child.on('error', (error) => duplex.destroy(error));
    child.on('close', (code) => {
      if (code) duplex.destroy(Object.assign(new Error(said.trim() || `ssh ended with ${code}`), { code: 'ECONNRESET' }));
    });
    duplex.on('close', () => child.kill());
    return socketLike(duplex);
  }
}

/** What Node's HTTP client calls on a socket and a plain stream lacks. */
function socketLike(duplex: Duplex): Duplex {
  const same = (): Duplex => duplex;
  return Object.assign(duplex, { setTimeout: same, setNoDelay: same, setKeepAlive: same, ref: same, unref: same });
}

/** `ssh://user@host:22` → what ssh is started with. A host that begins with a dash would be an option. */
export function sshArgs(host: string): readonly string[] {
  const { username, hostname, port } = new URL(host);
  const options = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15', '-T'];
  const place = [...(username ? ['-l', decodeURIComponent(username)] : []), ...(port ? ['-p', port] : []), '--', hostname];
  return [...options, ...place, 'docker', 'system', 'dial-stdio'];
}
