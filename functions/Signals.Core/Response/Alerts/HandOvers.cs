using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Response.Planning;
using Signals.Core.State.Assessments;

namespace Signals.Core.Response.Alerts;

/// <summary>What a message and its follow-up did not mend: a person takes over, whatever the account's level. Pure.</summary>
public static class HandOvers
{
    /// <summary>The ids of the causes that are a person's turn now.</summary>
    public static IReadOnlyList<string> Of(AccountContext context, Assessment assessment) =>
        [.. assessment.Causes.Where(cause => Includes(context, cause)).Select(cause => cause.Id).Distinct(StringComparer.Ordinal)];

    /// <summary>True when the account was written to about the cause twice, and it stands for as long again.</summary>
    public static bool Includes(AccountContext context, FoundCause cause)
    {
        if (!PersonAssessor.IsSure(cause.Confidence) || context.Model.PlaybookFor(cause.Id) is not { Alert: not null })
            return false;
        return context
            .Account.Outreach.Where(memory => memory.Cause == cause.Id && (memory.Detail == cause.Detail || cause.Detail is null))
            .Select(memory => memory.Detail)
            .Distinct(StringComparer.Ordinal)
            .Any(detail =>
                MailThread.Of(context, context.Account.Outreach, cause.Id, detail).HandOverAt <= (context.Moment ?? context.Now)
            );
    }
}
