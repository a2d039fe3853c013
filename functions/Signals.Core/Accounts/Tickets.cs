using Signals.Core.Packing;

namespace Signals.Core.Accounts;

/// <summary>Support tickets of an account; openings and solutions may arrive in any order. The newest <see cref="Capacity"/> are kept.</summary>
public sealed class Tickets
{
    public const int Capacity = 50;
    public const int MaxTextChars = 500;

    private readonly List<Ticket> _tickets = [];

    public IReadOnlyList<Ticket> All => _tickets;

    public void Opened(string id, DateTimeOffset at, string? text, string person)
    {
        var old = _tickets.Find(ticket => ticket.Id == id);
        if (old?.OpenedAt is { } known && known <= at)
            return;
        Put(old, new Ticket(id, at, old?.SolvedAt, Cut(text) ?? old?.Text, person));
    }

    public void Solved(string id, DateTimeOffset at)
    {
        var old = _tickets.Find(ticket => ticket.Id == id);
        if (old?.SolvedAt is { } known && known >= at)
            return;
        Put(old, old is null ? new Ticket(id, null, at, null, null) : old with { SolvedAt = at });
    }

    public void MergeFrom(Tickets other)
    {
        foreach (var ticket in other._tickets)
        {
            if (ticket.OpenedAt is { } opened)
                Opened(ticket.Id, opened, ticket.Text, ticket.Person ?? "");
            if (ticket.SolvedAt is { } solved)
                Solved(ticket.Id, solved);
        }
    }

    public void Write(PackWriter writer)
    {
        writer.Count(_tickets.Count);
        foreach (var ticket in _tickets)
        {
            writer.Text(ticket.Id);
            writer.Time(ticket.OpenedAt ?? default);
            writer.Time(ticket.SolvedAt ?? default);
            writer.Text(ticket.Text);
            writer.Text(ticket.Person);
        }
    }

    public static Tickets Read(ref PackReader reader)
    {
        var tickets = new Tickets();
        for (int count = reader.Count(); count > 0; count--)
        {
            tickets._tickets.Add(new Ticket(
                reader.Text() ?? "", Optional(reader.Time()), Optional(reader.Time()), reader.Text(), reader.Text()));
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
            _tickets.RemoveAt(0);
    }

    private static DateTimeOffset? Optional(DateTimeOffset time) => time == default ? null : time;

    private static string? Cut(string? text) => text?.Length > MaxTextChars ? text[..MaxTextChars] : text;
}

/// <summary>A ticket; without <paramref name="OpenedAt"/> only its solution was seen. Open while it has no later solution.</summary>
public sealed record Ticket(string Id, DateTimeOffset? OpenedAt, DateTimeOffset? SolvedAt, string? Text, string? Person)
{
    public bool IsOpen => OpenedAt is { } opened && (SolvedAt is null || SolvedAt < opened);

    internal DateTimeOffset Moment => OpenedAt ?? SolvedAt ?? default;
}
