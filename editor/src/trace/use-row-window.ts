import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Height of a row, px; `--wb-row` of the tokens. */
export const rowPx = 28;
const spareRows = 8;

export interface RowWindow {
  /** Rows to draw: from the first to before the end. */
  readonly first: number;
  readonly end: number;
  /** Where the list was scrolled to when it was heard of last, px. Asking the element would make it reckon its layout. */
  readonly scrollTop: () => number;
  readonly isAtEnd: () => boolean;
  readonly onScroll: () => void;
  /** Scrolls, and draws what is to be seen there at once. */
  readonly scrollTo: (top: number) => void;
  /** Scrolls no further than needed to see the row below a head of so many px. */
  readonly reveal: (index: number, headPx: number) => void;
}

/**
 * The part of a list of equally high rows that is in view. Its cost does not grow with the list, unlike that of a list whose rows are
 * measured: this one is for lists that change ten times a second.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number): RowWindow {
  const place = useRef({ top: 0, height: 0 });
  const rows = useRef(count);
  rows.current = count;
  const [firstInView, setFirstInView] = useState(0);
  const [viewRows, setViewRows] = useState(0);

  const look = useCallback((top: number) => {
    place.current.top = Math.max(0, top);
    setFirstInView(Math.floor(place.current.top / rowPx));
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      place.current.height = element.clientHeight;
      setViewRows(Math.ceil(element.clientHeight / rowPx) + 1);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const onScroll = useCallback(() => look(scroller.current?.scrollTop ?? 0), [look, scroller]);
  const scrollTo = useCallback(
    (top: number) => {
      if (scroller.current === null) return;
      scroller.current.scrollTop = top;
      look(Math.min(top, Math.max(0, rows.current * rowPx - place.current.height)));
    },
    [look, scroller],
  );
  const reveal = useCallback(
    (index: number, headPx: number) => {
      const { top, height } = place.current;
      const lowest = (index + 1) * rowPx + headPx - height;
      if (index * rowPx < top) scrollTo(index * rowPx);
      else if (lowest > top) scrollTo(lowest);
    },
    [scrollTo],
  );
  const first = Math.max(0, Math.min(firstInView, count - 1) - spareRows);
  return {
    first,
    end: Math.min(count, firstInView + viewRows + spareRows),
    scrollTop: useCallback(() => place.current.top, []),
    isAtEnd: useCallback(() => rows.current * rowPx - place.current.top - place.current.height < rowPx, []),
    onScroll,
    scrollTo,
    reveal,
  };
}
