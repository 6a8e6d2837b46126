import { lazy, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { HomeRedirect } from './home-redirect.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import styles from './pages.module.css';
import { PanelBoundary } from './panel-boundary.tsx';
import { Rail } from './rail.tsx';
import { StatusBanner } from './status-banner.tsx';
import { useLiveAnswers } from './use-live-answers.ts';

const FlowsPage = lazy(() => import('./flows-page.tsx').then(({ FlowsPage: page }) => ({ default: page })));
const FlowPage = lazy(() => import('../canvas/flow-page.tsx').then(({ FlowPage: page }) => ({ default: page })));
const RunsPage = lazy(() => import('../runs/runs-page.tsx').then(({ RunsPage: page }) => ({ default: page })));
const ConnectionsPage = lazy(() => import('./connections-page.tsx').then(({ ConnectionsPage: page }) => ({ default: page })));
const HelpPage = lazy(() => import('./help-page.tsx').then(({ HelpPage: page }) => ({ default: page })));
const PoisonPage = lazy(() => import('./poison-page.tsx').then(({ PoisonPage: page }) => ({ default: page })));
const ConsolePage = lazy(() => import('../console/console-page.tsx').then(({ ConsolePage: page }) => ({ default: page })));

/** Every address of the product. */
export function Pages() {
  useLiveAnswers();
  const [location] = useLocation();
  return (
    <div className={styles.frame}>
      <Rail />
      <div className={styles.side}>
        <StatusBanner />
        <main className={styles.page}>
          <PanelBoundary name="page" place={location}>
            <Suspense fallback={<PageSkeleton />}>
              <Switch>
                <Route path="/flows" component={FlowsPage} />
                <Route path="/flows/:flowId">{({ flowId }) => <FlowPage key={flowId} flowId={flowId} />}</Route>
                <Route path="/runs" component={RunsPage} />
                <Route path="/runs/:runId" component={RunsPage} />
                <Route path="/poison" component={PoisonPage} />
                <Route path="/connections" component={ConnectionsPage} />
                <Route path="/console" component={ConsolePage} />
                <Route path="/console/:incidentId" component={ConsolePage} />
                <Route path="/help/:page?" component={HelpPage} />
                <Route component={HomeRedirect} />
              </Switch>
            </Suspense>
          </PanelBoundary>
        </main>
      </div>
    </div>
  );
}
