using Signals.Core.Platform.Languages;
using Signals.Core.State.Seen;

namespace Signals.Web.Doctor;

/// <summary>Names that the model reads and nobody sends, and names that are nearly its own.</summary>
internal sealed class NamesCheck(SeenBook seen) : IDoctorCheck
{
    private const int Few = 8;

    public bool AsksTheNetwork => false;

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var report = await seen.ReadAsync(cancellationToken);
        var subject = Phrase.Of("Names");
        if (report.Events.Names.Count == 0)
            return
            [
                DoctorFinding.Hint(
                    subject,
                    Phrase.Of("No event came yet. The write keys are on the page of that name; curl shows whether one is taken.")
                ),
            ];
        var findings = new List<DoctorFinding>();
        var never = report.Events.NeverCame.Where(name => !name.IsOptional).Select(name => name.Name).ToList();
        findings.Add(
            never.Count > 0
                ? DoctorFinding.Hint(
                    subject,
                    Phrase.Of($"Of the events that the model reads these never came: {Phrase.Same(Listed(never))}.")
                )
                : DoctorFinding.Good(subject, Phrase.Of("Each event that the model reads has come."))
        );
        if (report.NearMisses.Count > 0)
        {
            string names = Listed(report.NearMisses.Select(miss => $"{miss.Seen.Name} ({miss.Model.Name})"));
            findings.Add(
                DoctorFinding.Wrong(
                    subject,
                    Phrase.Of($"These names came, are nearly the model's and count for nothing: {Phrase.Same(names)}.")
                )
            );
        }
        return findings;
    }

    private static string Listed(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(Few)) + (all.Count > Few ? ", …" : "");
    }
}
