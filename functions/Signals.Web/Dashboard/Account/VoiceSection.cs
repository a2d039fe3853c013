using Signals.Core.Daily.Satisfaction;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.State.Answers;
using Signals.Core.State.Work;
using Signals.Web.Dashboard.Feedback;
using Signals.Web.Dashboard.Work;

namespace Signals.Web.Dashboard.Account;

/// <summary>What its people said: survey scores by channel, comments word by word, and tickets.</summary>
internal static class VoiceSection
{
    private const int Shown = 12;

    private const int LowCsat = 2;
    private const int HighEffort = 5;

    public static Html Of(Reader reader, AccountFile file, AccountWork work)
    {
        var answers = file
            .Account.Feedback.Answers.Where(answer => answer.Comment is { Length: > 0 } || IsLow(answer))
            .OrderByDescending(answer => answer.At)
            .Take(Shown)
            .ToList();
        var tickets = file
            .Account.Tickets.All.Where(ticket => ticket.OpenedAt is not null)
            .OrderByDescending(ticket => ticket.IsOpen)
            .ThenByDescending(ticket => ticket.OpenedAt)
            .Take(Shown)
            .ToList();
        var scores = SurveyScore.Of(file.Account.Feedback.Answers, file.Context.Today);
        if (answers.Count + tickets.Count + scores.Count == 0)
            return Html.Empty;
        return $"""
            <div class="columns">
            <section id="said"><h2>{reader.Say("What they said")}</h2>{Scores(reader, scores)}
            {(answers.Count == 0
                ? Html.Of($"""<p class="line quiet">{reader.Say("Nobody wrote a comment.")}</p>""")
                : Html.Of($"""<ul class="list voices">{answers.Select(answer => Answer(reader, file, answer, work))}</ul>"""))}</section>
            <section><h2>{reader.Say("Tickets")}</h2>
            {(tickets.Count == 0
                ? Html.Of($"""<p class="line quiet">{reader.Say("None.")}</p>""")
                : Html.Of($"""<ul class="list voices">{tickets.Select(ticket => TicketLine(reader, file, ticket))}</ul>"""))}</section>
            </div>
            """;
    }

    private static Html Scores(Reader reader, IReadOnlyList<SurveyScore> scores) =>
        scores.Count == 0
            ? Html.Empty
            : $"""
        <p class="line">{Html.Join(
            " · ",
            scores.Select(score => Score(reader, score)))}</p>
        """;

    private static Html Score(Reader reader, SurveyScore score) =>
        $"""
            {Kind(reader, score.Kind)}{(
                score.Channel.Length == 0 ? "" : " " + FeedbackWords.Channel(reader, score.Channel)
            )} <strong>{reader.Amount(score.Score)}</strong>
            <span class="quiet">({reader.Count(score.Answers, "{0} answer", "{0} answers")})</span>
            """;

    /// <summary>Detractors, and who is less satisfied or found it harder than the middle of the scale.</summary>
    private static bool IsLow(FeedbackAnswer answer) =>
        answer.Kind switch
        {
            FeedbackKind.Nps => NetPromoter.IsDetractor(answer.Score),
            FeedbackKind.Csat => answer.Score <= LowCsat,
            FeedbackKind.Ces => answer.Score >= HighEffort,
            _ => false,
        };

    private static Html Answer(Reader reader, AccountFile file, FeedbackAnswer answer, AccountWork work)
    {
        Html score = double.IsNaN(answer.Score) ? Html.Empty : $" {reader.Amount(answer.Score)}";
        Html channel = answer.Channel is { Length: > 0 } by ? $" · {Html.Isolated(FeedbackWords.Channel(reader, by))}" : Html.Empty;
        Html words = answer.Comment is { Length: > 0 } comment ? $"<blockquote>{Html.Isolated(comment)}</blockquote>" : Html.Empty;
        return $"""
            <li>{words}
            <p class="line quiet">{Kind(reader, answer.Kind)}{score}{channel} · {reader.TimeDay(answer.At)}{Mood(reader, answer.Words)}</p>
            {LoopParts.Of(
                reader, file.Facts.Id, answer.Key, work, answer.Comment ?? Kind(reader, answer.Kind), $"{Links.Account(file.Facts.Id)}#said"
            )}
            </li>
            """;
    }

    private static Html TicketLine(Reader reader, AccountFile file, Ticket ticket)
    {
        var times = TicketTimes.Of(file.Context, ticket)!;
        Html text = ticket.Text is { Length: > 0 } words ? $"<blockquote>{Html.Isolated(words)}</blockquote>" : Html.Empty;
        return $"""
            <li>{text}<p class="line quiet">{State(reader, times)} {Html.Isolated(ticket.Id)}
            · {reader.SayHtml($"opened {reader.TimeAgo(ticket.OpenedAt!.Value)}")}{Mood(reader, ticket.Words)}</p>
            {Late(reader, file.Model, times)}</li>
            """;
    }

    private static Html State(Reader reader, TicketTimes times)
    {
        var (tone, state) =
            !times.Ticket.IsOpen ? ("good", reader.Say("solved"))
            : times.IsUnsolved(reader.Now) ? ("bad", reader.Say("open too long"))
            : times.IsUnanswered(reader.Now) ? ("bad", reader.Say("unanswered too long"))
            : times.Ticket.HeardAt is not null ? ("warn", reader.Say("ticket|answered, open"))
            : ("warn", reader.Say("open"));
        return $"""<span class="tag {tone}">{state}</span>""";
    }

    /// <summary>What was promised and not kept; nothing where all was.</summary>
    private static Html Late(Reader reader, ValueModel model, TicketTimes times)
    {
        var (tickets, now, opened) = (model.Tickets, reader.Now, times.Ticket.OpenedAt!.Value);
        var late = new List<string>();
        if (times.Promise.AnswerHours is { } answer && (times.IsUnanswered(now) || times.WasAnsweredLate))
            late.Add(
                times.Ticket.HeardAt is { } heard
                    ? reader.Say($"first answer after {Took(heard)}, agreed {Hours(answer)}")
                    : reader.Say($"no answer for {Took(now)}, agreed {Hours(answer)}")
            );
        if (times.Promise.SolutionHours is { } solution && (times.IsUnsolved(now) || times.WasSolvedLate))
            late.Add(
                times.Ticket.IsOpen
                    ? reader.Say($"not solved for {Took(now)}, agreed {Hours(solution)}")
                    : reader.Say($"solved after {Took(times.Ticket.SolvedAt!.Value)}, agreed {Hours(solution)}")
            );
        if (late.Count == 0)
            return Html.Empty;
        string hours = tickets.WorkingTime ? " " + reader.Say("(hours of working days)") : "";
        return $"""<p class="line tone critical">{string.Join(" · ", late)}{hours}</p>""";

        string Hours(double agreed) => SupportTables.Hours(reader, agreed);
        string Took(DateTimeOffset until) => Hours(tickets.HoursBetween(opened, until, model.TimeZone));
    }

    private static string Kind(Reader reader, FeedbackKind kind) =>
        kind switch
        {
            FeedbackKind.Nps => "NPS",
            FeedbackKind.Csat => "CSAT",
            FeedbackKind.Ces => "CES",
            _ => reader.Say("On leaving"),
        };

    private static Html Mood(Reader reader, CustomerWords? words) =>
        words?.Sentiment switch
        {
            TextSentiment.Positive => $" · {reader.Say("positive")}",
            TextSentiment.Negative => $""" · <span class="tone critical">{reader.Say("negative")}</span>""",
            _ => Html.Empty,
        };
}
