/** Lets a few calls be under way at once. Of those that wait, the earliest of the batch goes first. */
export class Places {
  readonly #waiting: { readonly order: number; readonly start: () => void }[] = [];
  #free: number;

  constructor(places: number) {
    this.#free = places;
  }

  /** Undefined if there is a place: who takes it need not wait a turn. */
  take(order: number): Promise<void> | undefined {
    if (this.#free > 0) {
      this.#free--;
      return undefined;
    }
    return new Promise((start) => this.#waiting.push({ order, start }));
  }

  giveBack(): void {
    if (this.#waiting.length === 0) {
      this.#free++;
      return;
    }
    const earliest = this.#waiting.reduce((a, b) => (b.order < a.order ? b : a));
    this.#waiting.splice(this.#waiting.indexOf(earliest), 1);
    earliest.start();
  }
}
