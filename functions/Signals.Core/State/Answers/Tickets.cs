using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;

namespace Signals.Core.State.Answers;

/// <summary>
/// Support tickets of an account; openings, answers and solutions may arrive in any order. At most <see cref="Capacity"/> are kept: solved
/// ones are forgotten first, and older ones before newer.
/// </summary>
public sealed class Tickets
{
    public const int Capacity = 50;
    public const int MaxTextChars = 500;

    /// <summary>A longer id is replaced by a hash of it.</summary>
    public const int MaxIdChars = 100;

    private readonly List<Ticket> _tickets = [];

    public IReadOnlyList<Ticket> All => _tickets;

    /// <summary>Notes an opening; of several, the earliest counts (ties by the smaller message hash).</summary>
    public void Opened(string id, DateTimeOffset at, ulong tie, string? text, string? person)
    {
        id = Bounded(id);
        var old = _tickets.Find(ticket => ticket.Id == id);
        if (old?.OpenedAt is { } known && (known < at || (known == at && old.Tie <= tie)))
            return;
        text = Cut(text);
        Put(
            old,
            new Ticket(id, at, tie, old?.SolvedAt, text, person)
            {
                AnsweredAt = old?.AnsweredAt,
                Words = old?.Text == text ? old?.Words : null,
            }
        );
    }

    /// <summary>Notes that a person answered; of several answers, the earliest counts.</summary>
    public void Answered(string id, DateTimeOffset at)
    {
        id = Bounded(id);
        var old = _tickets.Find(ticket => ticket.Id == id);
        if (old?.AnsweredAt is { } known && known <= at)
            return;
        Put(old, (old ?? new Ticket(id, null, 0, null, null, null)) with { AnsweredAt = at });
    }

    /// <summary>Notes a solution; of several, the latest counts.</summary>
    public void Solved(string id, DateTimeOffset at)
    {
        id = Bounded(id);
        var old = _tickets.Find(ticket => ticket.Id == id);
        if (old?.SolvedAt is { } known && known >= at)
            return;
        Put(old, old is null ? new Ticket(id, null, 0, at, null, null) : old with { SolvedAt = at });
    }

    public void MergeFrom(Tickets other)
    {
        foreach (var ticket in other._tickets)
        {
            if (ticket.OpenedAt is { } opened)
                Opened(ticket.Id, opened, ticket.Tie, ticket.Text, ticket.Person);
            if (
                ticket.Words is { } words
                && _tickets.Find(known => known.Id == ticket.Id) is { Words: null } same
                && same.Text == ticket.Text
            )
                Understand(same, words);
            if (ticket.AnsweredAt is { } answered)
                Answered(ticket.Id, answered);
            if (ticket.SolvedAt is { } solved)
                Solved(ticket.Id, solved);
        }
    }

    /// <summary>The tickets as they stood before a moment: opened, answered and solved by then.</summary>
    public Tickets UpTo(DateTimeOffset moment)
    {
        var then = new Tickets();
        then._tickets.AddRange(
            _tickets
                .Where(ticket => ticket.Moment < moment)
                .Select(ticket => ticket.SolvedAt >= moment ? ticket with { SolvedAt = null } : ticket)
                .Select(ticket => ticket.AnsweredAt >= moment ? ticket with { AnsweredAt = null } : ticket)
        );
        return then;
    }

    /// <summary>Keeps what was understood of a ticket's text.</summary>
    public void Understand(Ticket ticket, CustomerWords words) => _tickets[_tickets.IndexOf(ticket)] = ticket with { Words = words };

    /// <summary>Says of a person's tickets who that turned out to be.</summary>
    public void Rename(PersonKey from, PersonKey to)
    {
        for (int i = 0; i < _tickets.Count; i++)
        {
            if (_tickets[i].Person == from.Value)
                _tickets[i] = _tickets[i] with { Person = to.Value };
        }
    }

    /// <summary>Forgets the tickets that some people opened; true when there were any.</summary>
    public bool Forget(Predicate<string> isErased) => _tickets.RemoveAll(ticket => ticket.Person is { } person && isErased(person)) > 0;

    public void Write(PackWriter writer)
    {
        writer.Count(_tickets.Count);
        foreach (var ticket in _tickets)
        {
            writer.Text(ticket.Id);
            writer.Time(ticket.OpenedAt ?? default);
            writer.Fixed64(ticket.Tie);
            writer.Time(ticket.SolvedAt ?? default);
            writer.Text(ticket.Text);
            writer.Text(ticket.Person);
            CustomerWords.Write(writer, ticket.Words);
            writer.Time(ticket.AnsweredAt ?? default);
        }
    }

    /// <param name="reader">Where it was written.</param>
    /// <param name="withWords">False for rows from before tickets were analysed.</param>
    /// <param name="withThemes">False for rows from before themes were kept.</param>
    /// <param name="withAnswers">False for rows from before first answers were kept.</param>
    public static Tickets Read(ref PackReader reader, bool withWords, bool withThemes, bool withAnswers)
    {
        var tickets = new Tickets();
        for (int count = reader.Count(); count > 0; count--)
        {
            tickets._tickets.Add(
                new Ticket(
                    reader.Text() ?? "",
                    Optional(reader.Time()),
                    reader.Fixed64(),
                    Optional(reader.Time()),
                    reader.Text(),
                    reader.Text()
                )
                {
                    Words = withWords ? CustomerWords.Read(ref reader, withThemes) : null,
                    AnsweredAt = withAnswers ? Optional(reader.Time()) : null,
                }
            );
        }
        return tickets;
    }

    private void Put(Ticket? old, Ticket ticket)
    {
        if (old is not null)
            _tickets.Remove(old);
        _tickets.Add(ticket);
        _tickets.Sort((a, b) => a.Moment != b.Moment ? a.Moment.CompareTo(b.Moment) : string.CompareOrdinal(a.Id, b.Id));
        if (_tickets.Count > Capacity)
            _tickets.RemoveAt(Math.Max(0, _tickets.FindIndex(known => !known.IsOpen)));
    }

    private static DateTimeOffset? Optional(DateTimeOffset time) => time == default ? null : time;

    private static string Bounded(string id) => id.Length <= MaxIdChars ? id : $"~{MessageHash.Of(id):x16}";

    private static string? Cut(string? text) => text?.Length > MaxTextChars ? text[..MaxTextChars] : text;
}

/// <summary>
/// A ticket; without <paramref name="OpenedAt"/> only an answer or its solution was seen. Open while it has no later solution.
/// <paramref name="Tie"/> is the hash of the message that opened it.
/// </summary>
public sealed record Ticket(string Id, DateTimeOffset? OpenedAt, ulong Tie, DateTimeOffset? SolvedAt, string? Text, string? Person)
{
    /// <summary>What the text says; null until it was analysed, and without a text.</summary>
    public CustomerWords? Words { get; init; }

    /// <summary>When a person answered first; null where no event said so.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When the customer heard of a person first: by an answer, else by the solution; null while they wait.</summary>
    public DateTimeOffset? HeardAt =>
        IsOpen ? AnsweredAt
        : SolvedAt is { } solved && AnsweredAt is { } answered ? (answered < solved ? answered : solved)
        : AnsweredAt ?? SolvedAt;

    public bool IsOpen => OpenedAt is { } opened && (SolvedAt is null || SolvedAt < opened);

    internal DateTimeOffset Moment => OpenedAt ?? AnsweredAt ?? SolvedAt ?? default;
}
