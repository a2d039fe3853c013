using Signals.Core.Model;
using Signals.Core.Response.Alerts;

namespace Signals.Web.Api;

/// <summary>One alert with all that was answered, and whom it was told over which channel; oldest first.</summary>
internal sealed record AlertView : AlertItem
{
    public AlertView(Alert alert)
        : base(Of(alert))
    {
        Answers = [.. alert.Answers.Select(answer => AlertAnswerView.Of(answer)!)];
        Told =
        [
            .. alert.Told.Select(telling => new AlertTellingView(
                telling.At,
                telling.Occasion.Name(),
                telling.Channel,
                telling.To,
                telling.OutreachId
            )),
        ];
    }

    public IReadOnlyList<AlertAnswerView> Answers { get; }

    public IReadOnlyList<AlertTellingView> Told { get; }
}

internal sealed record AlertTellingView(DateTimeOffset At, string Occasion, string Channel, string To, string Outreach);
