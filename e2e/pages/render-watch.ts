import type { Page } from '@playwright/test';

/** What happened to the nodes of the canvas since the watch began. */
interface NodeRenders {
  /** How often the components of a node were called, by its id. */
  readonly renders: Readonly<Record<string, number>>;
  /** How often what is drawn of a node changed, by its id. */
  readonly changes: Readonly<Record<string, number>>;
  /** 95 of 100 frames took at most this long, in ms. */
  readonly p95FrameMs: number;
}

/** The parts of React's tree that tell what was rendered; they are what its developer tools read. */
interface Fiber {
  readonly tag: number;
  readonly flags: number;
  readonly memoizedProps: { readonly id?: unknown } | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
}

declare global {
  interface Window {
    watchNodes(): void;
    readNodes(): NodeRenders;
    __REACT_DEVTOOLS_GLOBAL_HOOK__: unknown;
  }
}

/** Before the page is opened: takes the place of React's developer tools, so that the product itself counts nothing. */
export async function prepareRenderWatch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const performedWork = 1;
    // Functions, with forwarded references, and memoised.
    const componentTags = new Set([0, 11, 14, 15]);
    let renders: Record<string, number> = {};
    let changes: Record<string, number> = {};
    let frames: number[] = [];
    let isWatching = false;

    function findNode(id: string): Element | null {
      return document.querySelector(`[data-testid="rf__node-${CSS.escape(id)}"]`);
    }

    function count(fiber: Fiber): void {
      const id = fiber.memoizedProps?.id;
      const isRendered = componentTags.has(fiber.tag) && (fiber.flags & performedWork) !== 0;
      if (isRendered && typeof id === 'string' && findNode(id) !== null) renders[id] = (renders[id] ?? 0) + 1;
    }

    /** Only what was cloned can have been rendered; below a child that is the same nothing was. */
    function walk(first: Fiber | null): void {
      for (let fiber = first; fiber !== null; fiber = fiber.sibling) {
        const before = fiber.alternate;
        count(fiber);
        if (before === null || before.child !== fiber.child) walk(fiber.child);
      }
    }

    window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onCommitFiberRoot: (_: number, root: { readonly current: Fiber }) => {
        if (isWatching) walk(root.current.child);
      },
    };

    window.watchNodes = () => {
      isWatching = true;
      renders = {};
      changes = {};
      frames = [];
      const layer = document.querySelector('[data-testid^="rf__node-"]')?.parentElement;
      if (!layer) throw new Error('there is no node to watch');
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          const id = element?.closest('[data-testid^="rf__node-"]')?.getAttribute('data-id') ?? 'layer';
          changes[id] = (changes[id] ?? 0) + 1;
        }
      }).observe(layer, { subtree: true, childList: true, attributes: true, characterData: true });
      let last = performance.now();
      const frame = (now: number): void => {
        frames.push(now - last);
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    };
    window.readNodes = () => {
      const sorted = frames.toSorted((left, right) => left - right);
      return { renders, changes, p95FrameMs: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
    };
  });
}
