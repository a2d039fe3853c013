using Signals.Core.Intake.Events;
using Signals.Core.Model;

namespace Signals.Testing.World;

/// <summary>A person of a <see cref="SignalsWorld"/>, and what they do on which day.</summary>
public sealed class PersonStory(SignalsWorld world, string userId)
{
    public SignalsWorld World { get; } = world;

    public string UserId { get; } = userId;

    /// <summary>The group their events name; null without one.</summary>
    public string? Group { get; private set; }

    public Happening Tracks(string name) => new(this, EventType.Track, name);

    /// <summary>Page views: sessions without value.</summary>
    public Happening Browses() => new(this, EventType.Page, ViewNames.Page);

    /// <summary>An identify call; its traits come by <see cref="Happening.With"/>.</summary>
    public Happening Identifies() => new(this, EventType.Identify, "");

    /// <summary>A group call; the account's traits come by <see cref="Happening.With"/>. Later events name the group too.</summary>
    public Happening Joins(string group)
    {
        Group = group;
        return new Happening(this, EventType.Group, "").In(group);
    }

    /// <summary>Identifies with a mail address on a day, which makes the person someone to write to.</summary>
    public PersonStory HasEmail(string? email = null, int day = 0) =>
        Identifies().With("email", email ?? $"{UserId}@example.com").At(9).On(day);
}
