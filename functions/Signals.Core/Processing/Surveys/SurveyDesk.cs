using System.Text.Json;
using System.Text.Json.Nodes;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Links;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Answers;
using Signals.Core.State.Identity;

namespace Signals.Core.Processing.Surveys;

/// <summary>
/// Takes the answers to surveys, from the card and from the page behind a mail's links. An answer goes the way of every event, under the
/// name that the model's <c>feedback</c> gives it, so that it is folded once and read like any other.
/// </summary>
/// <remarks>
/// The event's id is made of the survey, of how many answers were noted before, and of what is said: the same said again, by a second
/// press or another device, is one event; another answer is another event, and people count by their latest.
/// </remarks>
public sealed class SurveyDesk(
    SurveyTokens tokens,
    OutreachRows rows,
    HelpRows cards,
    IngestionService ingestion,
    IMessageQueue queue,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>As answers say where they were given.</summary>
    public const string ByMail = "mail";

    public const int MaxCommentChars = Feedback.MaxCommentChars;

    /// <summary>What a mail's link asks; null for a link that is not ours, is over, or whose survey is gone.</summary>
    public async Task<AskedSurvey?> FindAsync(string? token, CancellationToken cancellationToken) =>
        tokens.Verify(token, clock.GetUtcNow()) is { } known
            ? await FindAsync(OutreachId.Parse(known.OutreachId), cancellationToken)
            : null;

    /// <summary>Takes what somebody said on the page behind a mail's link.</summary>
    public Task<SurveyOutcome> AnswerAsync(AskedSurvey asked, int score, string? comment, CancellationToken cancellationToken) =>
        AnswerAsync(asked, score, comment, ByMail, cancellationToken);

    /// <summary>Takes what a user said on a card; the token vouched for them.</summary>
    public async Task<SurveyOutcome> AnswerCardAsync(
        string userId,
        string cardId,
        int score,
        string? comment,
        CancellationToken cancellationToken
    )
    {
        var person = PersonKey.User(userId);
        if (
            (await cards.GetAsync(person, cancellationToken))?.Card is not { Kind: CardKinds.Survey } card
            || card.Id != cardId
            || (card.Life.DoneAt is null && !card.Life.StandsAt(clock.GetUtcNow()))
            || await FindAsync(OutreachId.Parse(card.OutreachId), cancellationToken) is not { } asked
        )
            return SurveyOutcome.Gone;
        var outcome = await AnswerAsync(asked, score, comment, CustomerChannels.InApp, cancellationToken);
        if (
            outcome == SurveyOutcome.Taken
            && await cards.AnswerAsync(person, cardId, CardAnswer.Done, cancellationToken) is { IsNews: true } said
        )
        {
            // Lost, it is made up for by the wake-up at the card's end, which reads the row.
            var message = new OutreachId(said.Card.OutreachId).ToMessage(clock.GetUtcNow());
            await queue.SendAsync(QueueNames.Outreach, [message], cancellationToken);
        }
        return outcome;
    }

    private async Task<AskedSurvey?> FindAsync(OutreachId? id, CancellationToken cancellationToken) =>
        id is { } known
        && await rows.GetAsync(known, cancellationToken)
            is { Record: { Cause: OutreachTemplates.Survey, Variables.Survey: { } question } record } stored
        && EventOf(question) is { } name
            ? new AskedSurvey(stored, question, name, record.Answer?.Score)
            : null;

    private async Task<SurveyOutcome> AnswerAsync(
        AskedSurvey asked,
        int score,
        string? comment,
        string channel,
        CancellationToken cancellationToken
    )
    {
        comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
        if (!asked.Question.Holds(score) || comment?.Length > MaxCommentChars)
            return SurveyOutcome.Invalid;
        var record = asked.Stored.Record;
        ulong words = comment is null ? 0 : MessageHash.Of(comment);
        if (record.Answer is { } before)
        {
            if (before.Score == score && before.Words == words)
                return SurveyOutcome.Taken;
            if (before.Times >= SurveyAnswer.MostTimes)
                return SurveyOutcome.TooOften;
        }
        var answer = new SurveyAnswer(clock.GetUtcNow(), score, words, (record.Answer?.Times ?? 0) + 1);
        await ingestion.AcceptAsync(new EventBatch([EventOf(record, asked.Event, answer, comment, channel)], []), cancellationToken);
        // The event is safe: whoever says the same again before this is noted says it under the same id.
        await NoteAsync(asked.Stored, answer, cancellationToken);
        return SurveyOutcome.Taken;
    }

    private Task NoteAsync(StoredOutreach asked, SurveyAnswer answer, CancellationToken cancellationToken)
    {
        StoredOutreach? stored = asked;
        return Optimistic.ChangeAsync(
            "note the answer to a survey",
            clock,
            async () =>
            {
                if (
                    stored is null
                    || await rows.ReplaceAsync(stored, stored.Record with { Answer = answer }, cancellationToken) is not null
                )
                    return true;
                stored = await rows.GetAsync(new OutreachId(asked.Record.Id), cancellationToken);
                return false;
            },
            cancellationToken
        );
    }

    private UsageEvent EventOf(OutreachRecord record, string name, SurveyAnswer answer, string? comment, string channel)
    {
        var said = new JsonObject
        {
            [model.Feedback.Score] = answer.Score,
            [model.Feedback.Channel] = channel,
            ["survey"] = record.Detail,
        };
        if (comment is not null)
            said[model.Feedback.Comment] = comment;
        return new UsageEvent
        {
            Type = EventType.Track,
            MessageId = $"survey:{record.Id}:{answer.Times}:{MessageHash.Of($"{answer.Score}|{comment}"):x16}",
            Name = name,
            UserId = record.PersonId,
            GroupId = new AccountKey(record.Account).IsGroup ? record.AccountId : null,
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(answer.At.ToUnixTimeMilliseconds()),
            ReceivedAt = answer.At,
            Payload = JsonSerializer.SerializeToUtf8Bytes(said, SurveyJson.Default.JsonObject),
        };
    }

    /// <summary>The event by which answers to a question come in; null where the model names none any more.</summary>
    private string? EventOf(MessageSurvey question) =>
        Enum.GetValues<SurveyKind>().Where(kind => kind.Name() == question.Kind).SelectMany(model.Feedback.EventsOf).FirstOrDefault();
}

/// <summary>A survey that can be answered.</summary>
/// <param name="Stored">The outreach that asked.</param>
/// <param name="Question">What it asked.</param>
/// <param name="Event">Under which name answers come in.</param>
/// <param name="Answered">The score that was given; null before.</param>
public sealed record AskedSurvey(StoredOutreach Stored, MessageSurvey Question, string Event, int? Answered);

/// <summary>What became of an answer.</summary>
public enum SurveyOutcome
{
    Taken,

    /// <summary>Not on the scale, or too long.</summary>
    Invalid,

    /// <summary>It was changed so often that no more changes are taken; the last answer stands.</summary>
    TooOften,

    /// <summary>There is no such survey, or its time is over.</summary>
    Gone,
}
