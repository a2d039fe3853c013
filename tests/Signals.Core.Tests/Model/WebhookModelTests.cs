using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class WebhookModelTests
{
    [Fact]
    public void An_endpoint_is_told_everything_unless_it_names_what()
    {
        var model = new ModelFile()
            .With(
                "webhooks",
                """
                [{ "id": "crm", "url": "https://crm.example/hooks/1" },
                 { "id": "dwh", "url": "http://localhost:9000/in", "events": ["risk.changed"], "format": "cloudevents" }]
                """
            )
            .ReadValid();

        Assert.Equal(WebhookEvents.All, model.Webhooks[0].Events);
        Assert.True(model.Webhooks[1].Wants(WebhookEvents.RiskChanged));
        Assert.False(model.Webhooks[1].Wants(WebhookEvents.AlertOpened));
        Assert.Equal((WebhookFormat.Plain, WebhookFormat.CloudEvents), (model.Webhooks[0].Format, model.Webhooks[1].Format));
    }

    [Theory]
    [InlineData("""[{ "id": "crm" }]""", "webhooks[0].url: found nothing")]
    [InlineData(
        """[{ "id": "crm", "url": "http://crm.example/secret-path" }]""",
        "webhooks[0].url: found another text (not shown: it may be a secret)"
    )]
    [InlineData(
        """[{ "id": "crm", "url": "https://crm.example", "events": ["risk.change"] }]""",
        "webhooks[0].events[0]: found \"risk.change\""
    )]
    [InlineData(
        """[{ "id": "crm", "url": "https://crm.example" }, { "id": "crm", "url": "https://crm.example" }]""",
        "webhooks[1].id: found \"crm\""
    )]
    public void Mistakes_are_told_and_no_address_with_them(string webhooks, string error)
    {
        string told = string.Join('\n', new ModelFile().With("webhooks", webhooks).Errors());

        Assert.Contains(error, told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", told, StringComparison.Ordinal);
    }
}
