import { Alert, Button, Checkbox, Group, Textarea } from '@mantine/core';
import type { DeployPreview } from '@wirebook/api';
import { describeFailure } from '../transport/api-error.ts';
import { DeployProblems } from './deploy-problems.tsx';
import { DeploySummary } from './deploy-summary.tsx';

interface DeployPlanProps {
  readonly plan: DeployPreview;
  readonly note: string;
  readonly onNote: (note: string) => void;
  readonly isAccepted: boolean;
  readonly onAccept: (isAccepted: boolean) => void;
  readonly isOutdated: boolean;
  readonly onRefresh: () => void;
  readonly isBusy: boolean;
  readonly failure: unknown;
  readonly onDeploy: () => void;
  readonly onClose: () => void;
}

/** What a deployment will change and what stands against it, with the button that does it. */
export function DeployPlan({
  plan,
  note,
  onNote,
  isAccepted,
  onAccept,
  isOutdated,
  onRefresh,
  isBusy,
  failure,
  onDeploy,
  onClose,
}: DeployPlanProps) {
  const { flows, problems, engineProblem } = plan;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const isBlocked = flows.length === 0 || errors > 0 || engineProblem !== null || isOutdated;
  return (
    <>
      <DeploySummary plan={plan} />
      {engineProblem === null ? null : (
        <Alert color="red" title="The engine cannot take a deployment now">
          {engineProblem}
        </Alert>
      )}
      <DeployProblems problems={problems} flows={flows} onLeave={onClose} />
      {errors === 0 ? null : (
        <div>{errors === 1 ? 'The error has' : `The ${errors} errors have`} to be repaired first; a click leads to the place.</div>
      )}
      {errors === 0 && warnings > 0 ? (
        <Checkbox
          label={warnings === 1 ? 'Deploy in spite of the warning' : `Deploy in spite of ${warnings} warnings`}
          checked={isAccepted}
          onChange={(event) => onAccept(event.currentTarget.checked)}
        />
      ) : null}
      {flows.length === 0 ? null : (
        <Textarea
          label="Note"
          description="Stands beside the version in the history."
          maxLength={2000}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => onNote(event.currentTarget.value)}
        />
      )}
      {isOutdated ? (
        <Alert color="yellow" title="The flow was changed since">
          <Button variant="default" onClick={onRefresh}>
            Compare again
          </Button>
        </Alert>
      ) : null}
      {failure === null ? null : (
        <Alert color="red" title="Nothing was deployed">
          {describeFailure(failure)}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={isBusy} disabled={isBlocked || (warnings > 0 && !isAccepted)} onClick={onDeploy}>
          {nameDeploy(flows)}
        </Button>
      </Group>
    </>
  );
}

/** The act in words; handing the same version over once more is an act of its own. */
function nameDeploy(flows: DeployPreview['flows']): string {
  if (flows.length > 1) return `Deploy ${flows.length} flows`;
  return flows[0] !== undefined && flows[0].fromVersion === flows[0].toVersion ? 'Deploy again' : 'Deploy';
}
