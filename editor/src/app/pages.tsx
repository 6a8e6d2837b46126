import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { Rail } from './rail.tsx';

const FlowsPage = lazy(() => import('./flows-page.tsx').then(({ FlowsPage: page }) => ({ default: page })));
const FlowPage = lazy(() => import('../canvas/flow-page.tsx').then(({ FlowPage: page }) => ({ default: page })));
const RunsPage = lazy(() => import('../runs/runs-page.tsx').then(({ RunsPage: page }) => ({ default: page })));
const ConnectionsPage = lazy(() => import('./connections-page.tsx').then(({ ConnectionsPage: page }) => ({ default: page })));
const ConsolePage = lazy(() => import('../console/console-page.tsx').then(({ ConsolePage: page }) => ({ default: page })));

/** Every address of the product. */
export function Pages() {
  return (
    <div style={{ display: 'flex', height: '100%' }}>
      <Rail />
      <main style={{ flex: 1, minWidth: 0, height: '100%' }}>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/flows" component={FlowsPage} />
            <Route path="/flows/:flowId">{({ flowId }) => <FlowPage key={flowId} flowId={flowId} />}</Route>
            <Route path="/runs" component={RunsPage} />
            <Route path="/runs/:runId" component={RunsPage} />
            <Route path="/connections" component={ConnectionsPage} />
            <Route path="/console" component={ConsolePage} />
            <Route path="/console/:incidentId" component={ConsolePage} />
            <Route>
              <Redirect to="/flows" replace />
            </Route>
          </Switch>
        </Suspense>
      </main>
    </div>
  );
}
