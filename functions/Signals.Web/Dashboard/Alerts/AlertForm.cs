using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Undo;

namespace Signals.Web.Dashboard.Alerts;

/// <summary>What the forms that answer an alert have in common. <see cref="AlertBook"/> has each answer in the audit trail.</summary>
internal abstract class AlertForm(AlertBook alerts, UndoBook undos) : IDashboardForm
{
    private const string NoteField = "note";

    protected AlertBook Alerts { get; } = alerts;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string text = request.Route("id");
        var id = AlertId.Parse(text) ?? throw ApiRefusal.NotFound("alert", text);
        string note = request.Text(NoteField, AlertAnswer.MaxNoteChars);
        var change = await AnswerAsync(request, id, note.Length == 0 ? null : note);
        string? undo = change is { Before: { } before, Alert.Answer: { } answer }
            ? await undos.KeepAsync(request.Who, new UndoEntry { Answers = [new AnswerDone(before, answer)] }, request.Cancellation)
            : null;
        var reader = request.Reader;
        string address = request.ReturnTo("/");
        return change.Status switch
        {
            AlertChangeStatus.NotFound => throw ApiRefusal.NotFound("alert", text),
            AlertChangeStatus.Refused => new FormAnswer(address, reader.Say("Somebody else closed it meanwhile.")) { IsProblem = true },
            _ => new FormAnswer(address, Done(reader, change.Alert!.AccountName)) { Undo = undo },
        };
    }

    protected abstract Task<AlertChange> AnswerAsync(FormRequest request, AlertId id, string? note);

    /// <summary>One sentence on what was done.</summary>
    protected abstract string Done(Reader reader, string account);
}

/// <summary>Somebody is at it.</summary>
internal sealed class AcknowledgeForm(AlertBook alerts, UndoBook undos) : AlertForm(alerts, undos)
{
    protected override Task<AlertChange> AnswerAsync(FormRequest request, AlertId id, string? note) =>
        Alerts.AcknowledgeAsync(id, request.Who, note, request.Cancellation);

    protected override string Done(Reader reader, string account) => reader.Say($"You took on {account}.");
}

/// <summary>Silence for some days, unless it gets worse.</summary>
internal sealed class SnoozeForm(AlertBook alerts, UndoBook undos, TimeProvider clock) : AlertForm(alerts, undos)
{
    private const string DaysField = "days";

    protected override Task<AlertChange> AnswerAsync(FormRequest request, AlertId id, string? note)
    {
        string text = request.Text(DaysField, most: 4);
        if (!int.TryParse(text, out int days) || days is < 1 or > AlertBook.MaxSnoozeDays)
            throw ApiRefusal.BadParameter(DaysField, text, $"1 to {AlertBook.MaxSnoozeDays}");
        return Alerts.SnoozeAsync(id, request.Who, clock.GetUtcNow().AddDays(days), note, request.Cancellation);
    }

    protected override string Done(Reader reader, string account) =>
        reader.Say($"{account} is put off. It speaks again sooner if it gets worse.");
}

/// <summary>It is dealt with.</summary>
internal sealed class ResolveForm(AlertBook alerts, UndoBook undos) : AlertForm(alerts, undos)
{
    private const string ReasonField = "reason";
    private const int MaxReasonChars = 40;

    protected override Task<AlertChange> AnswerAsync(FormRequest request, AlertId id, string? note)
    {
        string reason = request.Text(ReasonField, MaxReasonChars);
        return AlertReasons.OfPeople.Contains(reason, StringComparer.Ordinal)
            ? Alerts.ResolveAsync(id, request.Who, reason, note, request.Cancellation)
            : throw ApiRefusal.BadParameter(ReasonField, reason, "one of " + string.Join(", ", AlertReasons.OfPeople));
    }

    protected override string Done(Reader reader, string account) => reader.Say($"The alert about {account} is closed.");
}
