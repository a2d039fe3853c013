using Microsoft.AspNetCore.Http;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Messages;

/// <summary>What the playbooks sent and achieved, as a file.</summary>
internal sealed class MessagesDownload(EffectLog effects, PlaybookTally tally, ValueModel model) : IDashboardDownload
{
    private static readonly OutreachState[] States =
    [
        OutreachState.Planned,
        OutreachState.Sent,
        OutreachState.Delivered,
        OutreachState.Bounced,
        OutreachState.Uncertain,
        OutreachState.HeldOut,
        OutreachState.Suppressed,
        OutreachState.Failed,
        OutreachState.Expired,
    ];

    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var found = await effects.ReadAsync(request.Cancellation);
        var counts = await tally.ReadAsync(request.Cancellation);
        await using var file = await CsvFile.BeginAsync(
            response,
            "messages",
            reader.Language,
            [
                reader.Say("playbook"),
                .. States.Select(state => OutreachWords.StateName(reader, state)),
                reader.Say("column|measured"),
                reader.Say("of these, goal reached"),
                reader.Say("held out, measured"),
                reader.Say("of these, goal reached by themselves"),
                reader.Say("difference"),
                reader.Say("low"),
                reader.Say("high"),
                reader.Say("more people needed"),
            ]
        );
        foreach (var playbook in CauseCatalogue.Ids.Select(model.PlaybookFor))
        {
            var effect = found.FirstOrDefault(one => one.Playbook.Cause == playbook.Cause)?.Message;
            var ofPlaybook = counts.GetValueOrDefault(playbook.Cause);
            await file.RowAsync([
                CauseWords.Name(reader, playbook.Cause),
                .. States.Select(state => (object?)(ofPlaybook?.GetValueOrDefault(state.Name()) ?? 0)),
                effect?.Treated.People,
                effect?.Treated.Reached,
                effect?.Control.People,
                effect?.Control.Reached,
                effect?.Difference,
                effect?.Interval?.Low,
                effect?.Interval?.High,
                effect is null ? null : effect.StillNeeded.Treated + effect.StillNeeded.Control,
            ]);
        }
    }
}
