const packed = new Set();

export default {
  async queue(batch) {
    for (const message of batch.messages) {
      const { orderId } = message.body;
      if (!packed.has(orderId)) {
        packed.add(orderId);
        console.log(`packed ${orderId}`);
      }
      message.ack();
    }
  },
};
