using Signals.Core.State.Assessments;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>A line of evidence as it reads in English.</summary>
internal sealed record Line(string Text, string Value, string Expected, DateOnly? Since)
{
    public static Line Of(Evidence evidence) => new(evidence.Text.En, evidence.Value.En, evidence.Expected.En, evidence.Since);

    public static IReadOnlyList<Line> Of(FoundCause cause) => [.. cause.Evidence.Select(Of)];
}
