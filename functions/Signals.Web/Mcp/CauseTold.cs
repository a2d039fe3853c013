using Signals.Core.Diagnosis.Causes;
using Signals.Web.Api;

namespace Signals.Web.Mcp;

internal sealed record CauseTold(
    string Id,
    string Name,
    string? About,
    int PeopleAffected,
    double Confidence,
    IReadOnlyList<EvidenceTold> Evidence
)
{
    public static CauseTold Of(CauseView cause) =>
        new(
            cause.Id,
            CauseNames.Of(cause.Id).ToString(),
            cause.Kind,
            cause.Affected,
            cause.Confidence,
            [
                .. cause.Evidence.Select(line => new EvidenceTold(
                    line.Text.ToString(),
                    line.Value.ToString(),
                    line.Expected.ToString(),
                    line.Since
                )),
            ]
        );
}

internal sealed record EvidenceTold(string Text, string Value, string Expected, DateOnly? Since);
