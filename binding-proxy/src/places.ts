/** Lets some calls be under way at once. Of those that wait, the earliest of the batch goes first. */
export class Places {
  readonly #waiting: { readonly order: number; readonly start: () => void }[] = [];
  #taken = 0;

  /** How many there are may change with each result. */
  constructor(private readonly places: () => number) {}

  /** Undefined if there is a place: who takes it need not wait a turn. */
  take(order: number): Promise<void> | undefined {
    if (this.#taken < this.places()) {
      this.#taken++;
      return undefined;
    }
    return new Promise((start) => this.#waiting.push({ order, start }));
  }

  giveBack(): void {
    this.#taken--;
    while (this.#waiting.length > 0 && this.#taken < this.places()) {
      const earliest = this.#waiting.reduce((a, b) => (b.order < a.order ? b : a));
      this.#waiting.splice(this.#waiting.indexOf(earliest), 1);
      this.#taken++;
      earliest.start();
    }
  }
}
