/** What an id of a session stands for, as long as a message of the caller or a call under way may still need it. */
export class SessionEntry {
  #users = 1;

  constructor(
    readonly value: Promise<unknown>,
    private readonly letGo: (value: Promise<unknown>) => void,
  ) {
    value.catch(() => {}); // Nobody may ask for it.
  }

  use(): this {
    this.#users++;
    return this;
  }

  release(): void {
    if (--this.#users === 0) this.letGo(this.value);
  }
}
