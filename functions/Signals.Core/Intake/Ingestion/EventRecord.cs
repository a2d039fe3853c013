namespace Signals.Core.Intake.Ingestion;

/// <summary>The kinds of record in a packed batch: an event's type, with flags, or a quarantined event. The numbers are stored.</summary>
internal static class EventRecord
{
    public const byte ImportedFlag = 0x40;
    public const byte BrowserFlag = 0x20;
    public const byte ServiceFlag = 0x10;
    public const byte TypeMask = 0x0F;
    public const byte Quarantined = 0xFF;
}

/// <summary>Which optional fields a record holds, in the order they are written. The numbers are stored.</summary>
[Flags]
internal enum EventRecordFields
{
    None = 0,
    UserId = 1,
    AnonymousId = 2,
    GroupId = 4,
    PreviousId = 8,
    Name = 16,
    Payload = 32,
    Locale = 64,
    TimeZone = 128,
    Library = 256,
    LeftOutBy = 512,
    Consent = 1024,
}
