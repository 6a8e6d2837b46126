import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';

interface PanelBoundaryProps {
  /** What the part is called, as "inspector". */
  readonly name: string;
  /** Tried again when it changes. */
  readonly place?: string;
  readonly children: ReactNode;
}

interface PanelBoundaryState {
  readonly reason: string | null;
}

/** A part of the screen that cannot be drawn says so in its place; the others stay, and the draft with them. */
export class PanelBoundary extends Component<PanelBoundaryProps, PanelBoundaryState> {
  override state: PanelBoundaryState = { reason: null };

  static getDerivedStateFromError(thrown: unknown): PanelBoundaryState {
    return { reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override componentDidUpdate(before: PanelBoundaryProps): void {
    if (before.place !== this.props.place && this.state.reason !== null) this.setState({ reason: null });
  }

  override render(): ReactNode {
    const { name, children } = this.props;
    if (this.state.reason === null) return children;
    return (
      <div role="alert">
        <EmptyState text={`The ${name} cannot be shown: ${this.state.reason}. What you changed is kept.`}>
          <Button variant="default" onClick={() => this.setState({ reason: null })}>
            Show it again
          </Button>
        </EmptyState>
      </div>
    );
  }
}
