using System.Text.Json.Serialization;

namespace Signals.Local.Backtest;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BacktestJson))]
internal sealed partial class BacktestJsonContext : JsonSerializerContext;
