using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.OnboardingStalled;
using Signals.Core.Diagnosis.Segments;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Diagnosis.Assessors;

/// <summary>
/// What people's findings rest on beside their own history and time: the model, and the few things about a group that its rules for
/// people ask. When it changes, every person is looked at again, for what was found in them may no longer hold.
/// </summary>
public static class FindingBasis
{
    /// <summary>Changes with the rules themselves, so that a new version of Signals looks at everybody again.</summary>
    private const int Rules = 7;

    /// <summary>The model's fingerprint for a person's own account, which is read as a whole anyway.</summary>
    public static string Of(AccountContext context)
    {
        if (!context.Account.Key.IsGroup)
            return $"{Rules}:{context.Model.Fingerprint}";
        var steps = context.Model.Onboarding.Where(step => step.Scope == StepScope.Account).ToList();
        string group = string.Join(
            '|',
            [
                context.Usage.FirstDay,
                context.IsChurned,
                steps.Count > 0 && context.Account.People > OnboardingStalledSettings.Of(context.Model).FirstPeople,
                steps.Count > 0 && context.Facts.CreatedAt is { } created ? Days.Of(created) : 0,
                .. steps.Where(step => context.Usage.CountEver(step.Done) > 0).Select(step => step.Id),
                .. steps
                    .Where(step => context.Usage.CountEver(step.Tried) + context.Usage.CountEver(step.Failed) > 0)
                    .Select(step => $"begun:{step.Id}"),
                context.ValueOfMachines(context.Today - context.Model.Value.Floor.Days + 1) >= context.Model.Value.Floor.Amount,
                // Whom a playbook is for: those that it silenced are looked at again once it speaks to their account.
                .. context.Model.Playbooks.Values.Any(playbook => playbook.IsForSome) ? AccountSegments.Of(context) : [],
            ]
        );
        return $"{Rules}:{context.Model.Fingerprint}:{MessageHash.Of(group):x16}";
    }
}
